dou¦ble interest = 0;
