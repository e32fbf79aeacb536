create schema books;
